/** How each kind of channel is spoken to: its settings, what it is sent, and where it may lead. Needs no database. */
package id.detak.notify.channel;
