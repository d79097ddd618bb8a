/**
 * Deletes old data if configured: single observations and their captures, attempts without quotes, delivered messages.
 * Bars are kept for ever, and by default everything is. The tasks access the tables of all features, so that no feature
 * depends on the retention of another.
 */
package id.detak.retention;
