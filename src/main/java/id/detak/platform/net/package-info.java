/**
 * Shared by the code that talks to other machines: internal and allowed addresses, and times in headers. Except for
 * {@code AllowedTargets} it needs no framework, because the fetcher uses it.
 */
package id.detak.platform.net;
