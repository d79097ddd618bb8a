/** Shared basics without knowledge of any feature: settings, data folder, clock, files, locks, hashes, problems. */
package id.detak.platform;
