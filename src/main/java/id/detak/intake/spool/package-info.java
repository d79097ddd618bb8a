/** Keeps fetched pages on the disk while the database is unavailable. Does not use the database itself. */
package id.detak.intake.spool;
