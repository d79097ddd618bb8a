package id.detak.notify;

import java.util.List;
import java.util.UUID;

/** Implemented by features that send to channels, so that a channel in use is not deleted. */
public interface ChannelUsers {

    /** Names of what sends to the channel. */
    List<String> usersOf(UUID channel);
}
