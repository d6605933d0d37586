create table answer (
    fact  text primary key,
    value text not null,              -- JSON: a text, or a list of texts
    at    text not null               -- UTC, RFC 3339
) strict;

create table field (
    id    text primary key,           -- a blank of a letter, filled once for all letters
    value text not null
) strict;

create table tick (
    page  text not null,
    task  text not null,
    state text not null,
    primary key (page, task)
) strict;

create table person (
    id    text primary key,
    label text not null
) strict;

create table identifier (
    person  text not null references person (id),
    kind    text not null,
    value   text not null,
    service text not null,
    key     text not null unique      -- no identifier belongs to two people
) strict;

create table letter (
    id          text primary key,
    letter_id   text not null,
    person_id   text not null,
    paper       text not null,        -- JSON of guide.model.paper.Paper
    sha256      text not null,
    finished_at text not null,
    state       text not null check (state in ('finished', 'sent')),
    sent_at     text,
    once        integer not null check (once in (0, 1))
) strict;

-- The once-only rule, kept by the database and not by good manners.
create unique index one_notice on letter (letter_id, person_id) where once = 1;

create trigger a_finished_text_is_frozen
before update of letter_id, person_id, paper, sha256, finished_at, once on letter
begin select raise(abort, 'frozen'); end;

create trigger a_sent_letter_stays_sent
before update of state on letter when old.state = 'sent' and new.state <> 'sent'
begin select raise(abort, 'sent'); end;

create trigger a_letter_is_never_removed
before delete on letter begin select raise(abort, 'kept'); end;
