/**
 * Deletes old data if configured: single observations and their captures (bars are kept for ever), attempts without
 * quotes, delivered messages. By default everything is kept. It works on the tables of all features, so that they need
 * not know the retention of others.
 */
package id.detak.retention;
