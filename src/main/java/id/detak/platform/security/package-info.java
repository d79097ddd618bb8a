/** Who may write: the admin's token, and how a request carries it. And the vault, for secrets of others that must be kept. */
package id.detak.platform.security;
