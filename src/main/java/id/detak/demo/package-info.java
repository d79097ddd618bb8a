/**
 * A simulated market, to try Detak without access to the site. A local server has pages in the site's layout, which the
 * real poller fetches and the real parser reads. Two years of history pass through the same intake. The numbers follow
 * from a seed, so the same time always has the same numbers.
 */
package id.detak.demo;
