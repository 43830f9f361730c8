-- Finding people by the initials of their names (services/initials.h). NULL: not made yet, the sweep does it.
ALTER TABLE people ADD COLUMN initials TEXT;
