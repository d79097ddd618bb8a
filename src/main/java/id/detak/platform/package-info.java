/** What several features share and no feature owns: settings, data folder, clock, files and locks, problem answers. Knows no feature. */
package id.detak.platform;
