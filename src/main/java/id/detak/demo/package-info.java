/**
 * A simulated market, to try Detak on a weekend or without access to the site: a local server with pages in the site's
 * layout, which the real poller fetches and the real parser reads, and two years of history through the same intake.
 * The numbers follow from a seed, so the same time always has the same numbers.
 */
package id.detak.demo;
