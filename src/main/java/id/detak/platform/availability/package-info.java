/**
 * Whether the database is there, found out beside all other work, so that what needs it can be refused at once while it is away.
 * Knows no feature.
 */
package id.detak.platform.availability;
