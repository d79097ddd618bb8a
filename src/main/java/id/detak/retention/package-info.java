/**
 * What is deleted when it is old enough, where the user wants that: single observations and the captures they came from (bars
 * are kept for ever), attempts that brought nothing, messages that were delivered. By default nothing is. Works on the tables of
 * all features, so that none of them needs to know how long the others keep theirs.
 */
package id.detak.retention;
