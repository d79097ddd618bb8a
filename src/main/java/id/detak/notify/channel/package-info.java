/**
 * One file for each kind of channel, such as {@link id.detak.notify.channel.Slack}: its settings, how a message is
 * rendered and sent, and what is shown of it. {@link id.detak.notify.channel.ChannelSettings} lists the kinds.
 * {@link id.detak.notify.channel.MessageSender} sends within a time limit through
 * {@link id.detak.notify.channel.Transport}, which checks where an address leads ({@code TargetResolver}) before
 * {@code HttpPoster} or {@code MailSender} connects. It always returns a {@link id.detak.notify.channel.SendResult}
 * without secrets.
 */
package id.detak.notify.channel;
