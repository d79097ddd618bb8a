/** What was observed of an indicator, with the captures it came from. */
package id.detak.page.observations;
