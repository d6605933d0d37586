-- Format 1, after schema.sql: incidents, evidence, contacts, the bin, the search.

-- Records: one row each for lists and the time-line; the words are in ``version``.

create table record (
    n          integer primary key,
    kind       text not null,
    id         text not null,
    number     integer not null,      -- what the reader calls it; never used twice
    version    integer not null,
    at         text not null,
    until      text not null,         -- the last moment it can have been
    day        text not null,         -- where it happened; '' when nobody knows
    precision  text not null,
    person     text not null,         -- as it was written, before any merge
    platform   text not null,
    title      text not null,
    listed     integer not null check (listed in (0, 1)),  -- on the time-line
    binned_at  text not null default '',
    bin_reason text not null default ''
) strict;

create unique index record_id on record (kind, id);
create index record_time on record (at, n) where listed = 1;
create index record_kind_time on record (kind, at, n) where listed = 1;
create index record_person on record (person, kind, at, until, precision)
where listed = 1;
create index record_person_time on record (person, at, n) where listed = 1;
create index record_platform on record (platform, at, n) where listed = 1;
create index record_day on record (kind, day) where listed = 1;
create index record_bin on record (binned_at) where binned_at <> '';

create table counter (
    kind text primary key,
    last integer not null
) strict;

create table version (
    n      integer primary key,
    kind   text not null,
    id     text not null,
    number integer not null,
    at     text not null,
    why    text not null,
    body   text not null,             -- canonical JSON, with a salt of its own
    sha256 text not null,             -- of the bytes of body (FIPS 180-4)
    unique (kind, id, number)
) strict;

create trigger a_version_is_never_changed before update on version
begin select raise(abort, 'frozen'); end;

create trigger a_version_goes_only_with_a_tombstone before delete on version
when not exists (select 1 from tombstone where kind = old.kind and id = old.id)
begin select raise(abort, 'kept'); end;

create table tombstone (
    kind       text not null,
    id         text not null,
    number     integer not null,
    sha256     text not null,
    reason     text not null,
    binned_at  text not null,
    removed_at text not null,
    primary key (kind, id)
) strict;

create trigger a_tombstone_is_never_changed before update on tombstone
begin select raise(abort, 'frozen'); end;

create trigger a_tombstone_is_never_removed before delete on tombstone
begin select raise(abort, 'kept'); end;

create table evidence (
    id     text primary key,          -- the name of its sealed file, too
    sha256 text not null unique,      -- the same file is kept once
    size   integer not null
) strict;

create trigger evidence_is_frozen before update on evidence
begin select raise(abort, 'frozen'); end;

create trigger evidence_goes_only_with_a_tombstone before delete on evidence
when not exists (select 1 from tombstone where kind = 'evidence' and id = old.id)
begin select raise(abort, 'kept'); end;

create table custody (
    n        integer primary key,
    evidence text not null,
    at       text not null,
    action   text not null,
    by       text not null,
    detail   text not null,
    salt     text not null
) strict;

create index custody_evidence on custody (evidence);

create trigger custody_is_never_changed before update on custody
begin select raise(abort, 'frozen'); end;

create trigger custody_goes_only_with_a_tombstone before delete on custody
when not exists (select 1 from tombstone where kind = 'evidence' and id = old.evidence)
begin select raise(abort, 'kept'); end;

create table exhibit (                -- which evidence an incident names now
    incident text not null,
    evidence text not null,
    primary key (incident, evidence)
) strict, without rowid;

create index exhibit_evidence on exhibit (evidence);

create table follow_up (              -- the talks with a date that is still open
    contact text primary key,
    day     text not null
) strict;

create index follow_up_day on follow_up (day);

-- Search. The words of a private note have a table and an index of their own, so
-- that nothing that searches or exports the record can come across them.

create table doc (
    n    integer primary key references record (n),
    text text not null
) strict;

create virtual table words using fts5 (
    text, content = 'doc', content_rowid = 'n',
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
insert into words (words, rank) values ('secure-delete', 1);

create trigger doc_is_written after insert on doc begin
    insert into words (rowid, text) values (new.n, new.text);
end;
create trigger doc_is_removed after delete on doc begin
    insert into words (words, rowid, text) values ('delete', old.n, old.text);
end;
-- The index must be told the words before: a row is replaced, never changed.
create trigger doc_is_never_changed before update on doc
begin select raise(abort, 'frozen'); end;

create table private_note (
    n        integer primary key,
    incident text not null unique,
    text     text not null,
    at       text not null
) strict;

create virtual table private_words using fts5 (
    text, content = 'private_note', content_rowid = 'n',
    tokenize = "unicode61 remove_diacritics 2"
);
insert into private_words (private_words, rank) values ('secure-delete', 1);

create trigger note_is_written after insert on private_note begin
    insert into private_words (rowid, text) values (new.n, new.text);
end;
create trigger note_is_removed after delete on private_note begin
    insert into private_words (private_words, rowid, text)
    values ('delete', old.n, old.text);
end;
create trigger note_is_never_changed before update on private_note
begin select raise(abort, 'frozen'); end;
