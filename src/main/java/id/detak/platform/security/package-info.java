/** Who may write: the admin's token, and how a request carries it. */
package id.detak.platform.security;
