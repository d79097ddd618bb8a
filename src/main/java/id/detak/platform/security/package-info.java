/** Encryption of secrets that must be stored, such as channel settings. */
package id.detak.platform.security;
