/** What the log says, and as what: nothing that came from outside may forge a line of it. */
package id.detak.platform.log;
