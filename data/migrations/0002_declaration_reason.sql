-- Why there is nothing, in the words of whoever said so.
alter table intake.declaration add column reason varchar;
