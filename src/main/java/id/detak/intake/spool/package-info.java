/** Where attempts at sources wait on the disk while the database cannot be reached. Knows no database. */
package id.detak.intake.spool;
