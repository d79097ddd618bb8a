/**
 * A simulated market for those who start at a weekend or behind a wall: an origin on the loopback that serves strip pages in
 * the site's layout, which the real poller reads through the real parser, and two years of history that come in by the same
 * door. Seeded: the same moment always shows the same numbers.
 */
package id.detak.demo;
