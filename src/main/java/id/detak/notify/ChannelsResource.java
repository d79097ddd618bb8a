package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.access.Audited;
import id.detak.access.Roles;
import id.detak.notify.channel.ChannelSettings;
import id.detak.notify.channel.MessageSender;
import id.detak.notify.channel.SendResult;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.platform.PublicUrl;
import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import id.detak.platform.language.Language;
import id.detak.platform.language.Sentences;
import id.detak.platform.language.Texts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
public class ChannelsResource {

    private static final String INVALID_NAME = "name is one line of 1 to 120 characters.";
    private static final String EXAMPLE =
            "{\"name\":\"my server\",\"type\":\"webhook\",\"url\":\"https://hooks.example.org/detak\",\"secret\":\"…\"}";

    private static final String DEVICE_EXAMPLE =
            "{\"name\":\"My phone\",\"type\":\"webpush\",\"subscription\":{\"endpoint\":\"https://push.example.org/…\",\"keys\":{\"p256dh\":\"…\",\"auth\":\"…\"}}}";

    private final Channels channels;
    private final ChannelViews views;
    private final Lanes lanes;
    private final OutboxMessages outboxMessages;
    private final MessageSender sending;
    private final Instance<ChannelUsers> users;
    private final PublicUrl publicUrl;
    private final Clock clock;

    ChannelsResource(
            Channels channels,
            ChannelViews views,
            Lanes lanes,
            OutboxMessages outboxMessages,
            MessageSender sending,
            Instance<ChannelUsers> users,
            PublicUrl publicUrl,
            Clock clock) {
        this.channels = channels;
        this.views = views;
        this.lanes = lanes;
        this.outboxMessages = outboxMessages;
        this.sending = sending;
        this.users = users;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    @Schema(name = "ChannelList")
    public record Items(List<ChannelViews.Item> items) {}

    /**
     * A channel to create, or the fields to change. A client may send back what it read, so the read-only fields are
     * ignored.
     *
     * @param name null to leave it as it is
     * @param enabled null to leave it as it is
     * @param sources whether it takes messages about sources; null to leave it as it is
     * @param language the language of its messages; null to leave it as it is
     * @param settings the fields that depend on the type, and the type
     */
    @JsonIgnoreProperties({"id", "target", "createdAt", "lastDelivery"})
    public record Fields(
            @Pattern(regexp = "(?=.*\\S)\\P{Cc}{1,120}", message = INVALID_NAME)
            String name,

            Boolean enabled,
            Boolean sources,
            Language language,
            @JsonAnySetter ObjectNode settings) {

        public Fields {
            settings = settings == null ? JsonNodeFactory.instance.objectNode() : settings;
        }

        private String name(String otherwise) {
            return name == null ? otherwise : name;
        }

        private boolean sources(boolean otherwise) {
            return sources == null ? otherwise : sources;
        }

        private Language language(Language otherwise) {
            return language == null ? otherwise : language;
        }

        private boolean enabled(boolean otherwise) {
            return enabled == null ? otherwise : enabled;
        }
    }

    /** @param reason why the receiver did not take it, or null */
    @Schema(name = "TestResult")
    public record Tested(boolean delivered, String reason) {}

    @GET
    @Operation(
            summary = "List channels with the state of their last message",
            description = "Addresses and secrets are stored encrypted and never shown again.")
    @APIResponse(
            responseCode = "200",
            description = "Oldest first",
            content = @Content(schema = @Schema(implementation = Items.class)))
    public Items list() {
        return new Items(views.all());
    }

    @GET
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @Operation(summary = "Get a channel without its secrets")
    @APIResponse(
            responseCode = "200",
            description = "The channel",
            content = @Content(schema = @Schema(implementation = ChannelViews.Item.class)))
    public ChannelViews.Item get(@PathParam("id") UUID id) {
        return views.find(id).orElseThrow(ChannelsResource::notFound);
    }

    @POST
    @Audited("channel.create")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Create a channel", description = "The fields depend on the type: see src/docs/alerts.md.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples = {
                                @ExampleObject(name = "webhook", value = EXAMPLE),
                                @ExampleObject(name = "webpush", value = DEVICE_EXAMPLE)
                            }))
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ChannelViews.Item.class)))
    public Response create(@Valid Fields body) {
        if (body.name() == null) {
            throw RejectedException.invalid(INVALID_NAME);
        }
        Channel channel = channels.create(
                body.name(),
                body.enabled(true),
                body.sources(true),
                body.language(Language.ENGLISH),
                checked(() -> ChannelSettings.of(body.settings())));
        return Response.created(URI.create("/api/v1/channels/" + channel.id()))
                .entity(views.item(channel))
                .build();
    }

    @PUT
    @Audited("channel.change")
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Change a channel",
            description =
                    "Fields that are left out stay as they are, secrets too; null removes an optional setting. The type cannot be changed.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(
            responseCode = "200",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = ChannelViews.Item.class)))
    @Transactional
    public ChannelViews.Item change(@PathParam("id") UUID id, @Valid Fields body) {
        Channel channel = find(id);
        ObjectNode settings = body.settings();
        if (settings.hasNonNull("type") && !settings.get("type").asText().equals(channel.type())) {
            throw RejectedException.invalid("The type of a channel cannot be changed: create another channel.");
        }
        ChannelSettings old = channels.settings(channel);
        channels.change(
                channel,
                body.name(channel.name()),
                body.enabled(channel.enabled()),
                body.sources(channel.sourceMessages),
                body.language(channel.language()),
                checked(() -> ChannelSettings.merged(settings, old)));
        lanes.dueNow(id);
        return views.item(channel);
    }

    private static ChannelSettings checked(Supplier<ChannelSettings> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw RejectedException.invalid(e.getMessage());
        }
    }

    @DELETE
    @Audited("channel.delete")
    @Path("/{id:" + Parameters.UUID_PATTERN + "}")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Delete a channel",
            description = "Messages that wait for it are not sent; delivered ones stay readable.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "409", description = "Rules send to it")
    @Transactional
    public void delete(@PathParam("id") UUID id) {
        find(id);
        List<String> senders =
                users.stream().flatMap(user -> user.usersOf(id).stream()).toList();
        if (!senders.isEmpty()) {
            throw Problems.of(
                    409, "Conflict", "Remove the channel from these rules first: " + String.join(", ", senders) + ".");
        }
        lanes.skipAll(id);
        channels.deleteById(id);
    }

    @POST
    @Audited("channel.test")
    @Path("/{id:" + Parameters.UUID_PATTERN + "}/test")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(
            summary = "Send a test message now",
            description =
                    "Works for a disabled channel, too. The answer of the receiver is not shown. If a device is no longer subscribed, its channel is disabled.")
    @APIResponse(
            responseCode = "200",
            description = "Whether the receiver accepted it",
            content = @Content(schema = @Schema(implementation = Tested.class)))
    public Tested test(@PathParam("id") UUID id, @Context HttpHeaders headers) {
        Channel channel = find(id);
        ChannelSettings settings = channels.settings(channel);
        Message message = new Message(
                UUID.randomUUID(),
                MessageEvent.TEST,
                null,
                null,
                Severity.INFO,
                null,
                Wib.local(clock.instant()),
                null,
                null,
                null,
                Texts.of("message", channel.language()).get("testText", Map.of("channel", channel.name())),
                null,
                publicUrl.of("/channels"),
                null,
                channel.language());
        SendResult outcome = sending.send(settings, List.of(message));
        if (outcome instanceof SendResult.Gone) {
            channels.disable(channel);
        }
        outboxMessages.addTest(channel, message, outcome.reason());
        return new Tested(
                outcome.reason() == null,
                Sentences.in(Language.preferred(headers.getAcceptableLanguages()), outcome.reason()));
    }

    private Channel find(UUID id) {
        return channels.find(id).orElseThrow(ChannelsResource::notFound);
    }

    private static RuntimeException notFound() {
        return Problems.notFound("There is no such channel. GET /api/v1/channels lists them.");
    }
}
