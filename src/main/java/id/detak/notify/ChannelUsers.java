package id.detak.notify;

import java.util.List;
import java.util.UUID;

/** Those who send to channels, so that none is deleted under them. */
public interface ChannelUsers {

    /** The names of those that send to the channel. */
    List<String> usersOf(UUID channel);
}
