-- Groups of people, made by administrators to pick many at once. A group is a shortcut for the hand that picks: nothing
-- refers to it, so it can be deleted.
CREATE TABLE user_groups (
  id       INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  name_key TEXT    NOT NULL,  -- the name in lower case
  created  INTEGER NOT NULL,
  changed  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX user_groups_by_name ON user_groups (name_key);  -- two groups of one name could not be told apart

CREATE TABLE user_group_people (
  user_group INTEGER NOT NULL REFERENCES user_groups (id),
  person     INTEGER NOT NULL REFERENCES people (id),
  PRIMARY KEY (user_group, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_group_people_by_person ON user_group_people (person);  -- the foreign key's own check
