/** Metrics that belong to no feature, and how features give theirs when they stand in the database. Knows no feature. */
package id.detak.platform.metrics;
