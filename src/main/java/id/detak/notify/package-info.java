/**
 * Telling people: channels, and the outbox that delivers messages to them. Knows no rule: {@code alert} hands it what to say.
 *
 * <p>A message is a row, written in the transaction that decided it ({@link id.detak.notify.Outbox}). {@link
 * id.detak.notify.Deliverer} finds lanes that are due, claims one as a whole (so order holds within it), looks again whether
 * each message is still to be sent, sends, and notes what came of it. A webhook has a lane for each rule; a channel that people
 * read has one, so that what waits there can go out as one message. {@code notify.channel} knows how each kind of channel is
 * spoken to.
 */
package id.detak.notify;
