/**
 * Notifies people and programs: channels, and the outbox that delivers messages to them. It knows no rules;
 * {@code alert} passes the messages.
 *
 * <p>A message is a row, written by the transaction that decides on it ({@link id.detak.notify.Outbox}).
 * {@link id.detak.notify.Deliverer} claims a due lane as a whole, so that order holds within it, checks again which
 * messages are still to be sent, sends them, and records the result. A webhook has a lane for each rule; a channel that
 * people read has one lane, so that waiting messages can be sent as one. {@code notify.channel} has a file for each
 * kind of channel.
 */
package id.detak.notify;
