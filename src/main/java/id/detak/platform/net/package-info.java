/**
 * What is shared by those who talk to other machines: which addresses lead inwards and which of them are allowed, and what
 * answers say of time. All but {@code AllowedTargets} needs no framework, since the fetcher uses it.
 */
package id.detak.platform.net;
