-- Format 1 (in user_version): answers, people, letters. schema_records.sql has the rest.
-- Times are RFC 3339 in UTC, all of one width, so that they sort as text; '' is a time
-- nobody knows.

create table answer (
    fact  text primary key,
    value text not null,              -- JSON: a text, or a list of texts
    at    text not null
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

-- People. A merge changes ``root`` and nothing else: who was who stays readable.

create table person (
    id       text primary key,
    label    text not null,
    name_key text not null,           -- the label folded; '' for someone unknown
    unknown  integer not null check (unknown in (0, 1)),
    root     text not null references person (id)
) strict;

create index person_root on person (root);

create table person_name (
    n      integer primary key,
    person text not null references person (id),
    label  text not null,
    key    text not null,
    since  text not null,
    salt   text not null              -- keeps its hash in the journal from being guessed
) strict;

create index person_name_person on person_name (person);

create table identifier (
    n         integer primary key,
    person    text not null references person (id),
    kind      text not null,
    value     text not null,
    service   text not null,
    key       text not null,
    added_at  text not null,
    withdrawn text,                   -- when it was taken back, and why
    reason    text not null default '',
    salt      text not null
) strict;

-- No identifier belongs to two people.
create unique index one_owner on identifier (key) where withdrawn is null;
create index identifier_person on identifier (person);

create table merged (
    n    integer primary key,
    kept text not null references person (id),
    gone text not null references person (id),
    at   text not null
) strict;

-- Letters.

create table draft (
    id        text primary key,
    letter_id text not null,
    person_id text not null,
    paper     text not null,
    at        text not null
) strict;

create table letter (
    id          text primary key,
    letter_id   text not null,
    person_id   text not null,
    paper       text not null,        -- JSON of guide.model.paper.Paper
    to_key      text not null,        -- the address it goes to, folded
    sha256      text not null,
    finished_at text not null,
    state       text not null check (state in ('finished', 'sent', 'void')),
    sent_at     text,
    once        integer not null check (once in (0, 1)),
    voided_at   text,
    void_reason text not null default '',
    check ((state = 'sent') = (sent_at is not null)),
    check ((state = 'void') = (voided_at is not null and trim(void_reason) <> ''))
) strict;

-- The once-only rule, kept by the database and not by good manners.
create unique index one_notice on letter (letter_id, person_id)
where once = 1 and state <> 'void';

-- Everyone and everything a once-only letter has closed itself for: 'p:' a person,
-- 'k:' the key of an identifier. It grows with what the reader learns and shrinks
-- only when the letter is void. A subject that would be closed by two letters is
-- one person with two notices: the change that would make it so is refused.
create table reached (
    letter_id text not null,
    subject   text not null,
    letter    text not null references letter (id),
    primary key (letter_id, subject)
) strict, without rowid;

create index reached_letter on reached (letter, subject);

create trigger never_two_notices before insert on reached
when exists (
    select 1 from reached as r
    where r.letter_id = new.letter_id and r.subject = new.subject
      and r.letter <> new.letter)
begin select raise(abort, 'once'); end;

create trigger reach_is_not_changed before update on reached
begin select raise(abort, 'frozen'); end;

create trigger reach_shrinks_only_for_a_void_letter before delete on reached
when not exists (select 1 from letter where id = old.letter and state = 'void')
begin select raise(abort, 'kept'); end;

create trigger a_notice_closes_its_person after insert on letter when new.once = 1
begin
    insert into reached
    select new.letter_id,
           'p:' || coalesce((select root from person where id = new.person_id),
                            new.person_id),
           new.id;
    insert into reached
    select new.letter_id, 'k:' || new.to_key, new.id
    where new.to_key <> '' and not exists (
        select 1 from reached as r
        where r.letter = new.id and r.subject = 'k:' || new.to_key);
end;

create trigger a_closed_person_closes_their_identifiers after insert on reached
when substr(new.subject, 1, 2) = 'p:'
begin
    insert into reached
    select new.letter_id, 'k:' || i.key, new.letter
    from person as p join identifier as i on i.person = p.id
    where p.root = substr(new.subject, 3) and i.withdrawn is null
      and not exists (select 1 from reached as r
                      where r.letter = new.letter and r.subject = 'k:' || i.key);
end;

create trigger a_closed_identifier_closes_its_owner after insert on reached
when substr(new.subject, 1, 2) = 'k:'
begin
    insert into reached
    select new.letter_id, 'p:' || p.root, new.letter
    from identifier as i join person as p on p.id = i.person
    where i.key = substr(new.subject, 3) and i.withdrawn is null
      and not exists (select 1 from reached as r
                      where r.letter = new.letter and r.subject = 'p:' || p.root);
end;

create trigger a_new_identifier_shares_what_was_sent after insert on identifier
begin
    insert into reached
    select r.letter_id, 'p:' || p.root, r.letter
    from person as p, reached as r
    where p.id = new.person and r.subject = 'k:' || new.key
      and not exists (select 1 from reached as x
                      where x.letter = r.letter and x.subject = 'p:' || p.root);
    insert into reached
    select r.letter_id, 'k:' || new.key, r.letter
    from person as p, reached as r
    where p.id = new.person and r.subject = 'p:' || p.root
      and not exists (select 1 from reached as x
                      where x.letter = r.letter and x.subject = 'k:' || new.key);
end;

create index reached_subject on reached (subject);

create trigger a_merge_shares_what_was_sent after update of root on person
when new.root <> old.root
begin
    insert into reached
    select r.letter_id, 'p:' || new.root, r.letter
    from reached as r
    where r.subject in ('p:' || old.root, 'p:' || new.id)
      and not exists (select 1 from reached as x
                      where x.letter = r.letter and x.subject = 'p:' || new.root);
    insert into reached
    select r.letter_id, 'k:' || i.key, r.letter
    from reached as r, identifier as i
    where r.subject = 'p:' || new.root and i.person = new.id and i.withdrawn is null
      and not exists (select 1 from reached as x
                      where x.letter = r.letter and x.subject = 'k:' || i.key);
end;

-- Two people of one name may be one person: the second notice waits until the
-- reader has told them apart. Nobody is recognised by the label of an unknown.
create trigger a_namesake_may_be_the_same before insert on letter
when new.once = 1 and exists (
    select 1
    from person as me
    join person_name as n on n.key = me.name_key
    join person as other on other.id = n.person
    join reached as r on r.subject = 'p:' || other.root
    where me.id = (select root from person where id = new.person_id)
      and me.name_key <> '' and other.root <> me.id and r.letter_id = new.letter_id)
begin select raise(abort, 'namesake'); end;

create index person_name_key on person_name (key);

create trigger a_letter_starts_finished before insert on letter
when new.state = 'void' begin select raise(abort, 'void'); end;

create trigger a_finished_text_is_frozen
before update of id, letter_id, person_id, paper, to_key, sha256, finished_at, once
on letter begin select raise(abort, 'frozen'); end;

create trigger a_letter_only_moves_forward before update on letter
when old.state <> 'finished' begin select raise(abort, 'left'); end;

create trigger a_void_letter_closes_nothing after update of state on letter
when new.state = 'void'
begin delete from reached where letter = new.id; end;

create trigger a_letter_is_never_removed
before delete on letter begin select raise(abort, 'kept'); end;

create trigger a_person_starts_as_themself before insert on person
when new.root <> new.id begin select raise(abort, 'root'); end;

create trigger a_person_is_never_removed
before delete on person begin select raise(abort, 'kept'); end;

create trigger a_name_is_never_changed before update on person_name
begin select raise(abort, 'frozen'); end;

create trigger a_name_is_never_removed before delete on person_name
begin select raise(abort, 'kept'); end;

create trigger an_identifier_is_frozen
before update of n, person, kind, value, service, key, added_at, salt on identifier
begin select raise(abort, 'frozen'); end;

create trigger an_identifier_is_taken_back_once before update on identifier
when old.withdrawn is not null begin select raise(abort, 'frozen'); end;

create trigger an_identifier_is_never_removed before delete on identifier
begin select raise(abort, 'kept'); end;
