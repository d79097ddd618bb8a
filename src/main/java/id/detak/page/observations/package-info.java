/** The observations of an indicator, with their captures. */
package id.detak.page.observations;
