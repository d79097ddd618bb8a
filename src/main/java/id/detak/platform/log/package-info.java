/** Log output: text from outside must not forge a line of the log. */
package id.detak.platform.log;
