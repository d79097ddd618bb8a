/**
 * How each kind of channel is spoken to. {@link id.detak.notify.channel.ChannelSettings} is what a person gives for one; {@link
 * id.detak.notify.channel.MessageSender} is the way out: {@code TargetResolver} (where may this lead?) → {@code Requests} (what is said, by
 * {@code MessageText} where people read it) → {@code HttpPoster}, or {@code MailSender}. Whatever the other side does, an {@link
 * id.detak.notify.channel.SendResult} comes back within the time limit, without a secret in it.
 */
package id.detak.notify.channel;
