/**
 * What is no feature: settings and data folder, the database (embedded or external), clock, the admin's token, problem
 * answers, claiming due rows, telling streams. Knows no feature.
 */
package id.detak.platform;
