/** The rules, and the form for a rule. */
package id.detak.page.rules;
