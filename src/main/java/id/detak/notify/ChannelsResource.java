package id.detak.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.access.Roles;
import id.detak.notify.Channels.Channel;
import id.detak.notify.channel.ChannelSettings;
import id.detak.notify.channel.MessageSender;
import id.detak.notify.channel.SendResult;
import id.detak.platform.JsonBody;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.platform.PublicUrl;
import id.detak.platform.Wib;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
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

    private static final List<String> ANSWERED_ONLY = List.of("id", "target", "createdAt", "lastDelivery");
    private static final int LONGEST_NAME = 120;
    private static final String EXAMPLE = "{\"name\":\"my server\",\"type\":\"webhook\",\"url\":\"https://hooks.example.org/detak\",\"secret\":\"…\"}";

    private final Channels channels;
    private final ChannelViews views;
    private final Lanes lanes;
    private final DeliveryLog deliveries;
    private final MessageSender sending;
    private final Instance<ChannelUsers> users;
    private final PublicUrl publicUrl;
    private final JsonBody json;
    private final Clock clock;

    ChannelsResource(Channels channels, ChannelViews views, Lanes lanes, DeliveryLog deliveries, MessageSender sending, Instance<ChannelUsers> users, PublicUrl publicUrl, JsonBody json, Clock clock) {
        this.channels = channels;
        this.views = views;
        this.lanes = lanes;
        this.deliveries = deliveries;
        this.sending = sending;
        this.users = users;
        this.publicUrl = publicUrl;
        this.json = json;
        this.clock = clock;
    }

    @Schema(name = "ChannelList")
    public record Items(List<ChannelViews.Item> items) {
    }

    /** @param reason why not, or null */
    @Schema(name = "TestResult")
    public record Tested(boolean delivered, String reason) {
    }

    @GET
    @Operation(summary = "Where messages can go, and what became of the last one", description = "Addresses and secrets are stored encrypted and never shown again.")
    @APIResponse(responseCode = "200", description = "Oldest first", content = @Content(schema = @Schema(implementation = Items.class)))
    public Items list() {
        return new Items(views.all());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One channel, without its secrets")
    @APIResponse(responseCode = "200", description = "The channel", content = @Content(schema = @Schema(implementation = ChannelViews.Item.class)))
    @APIResponse(responseCode = "404", description = "No such channel")
    public ChannelViews.Item get(@PathParam("id") String id) {
        return Parameters.id(id).flatMap(views::find).orElseThrow(ChannelsResource::notFound);
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "A new channel", description = "type is webhook, email, telegram, slack, discord or ntfy; the other fields depend on it: see src/docs/alerts.md.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class),
            examples = @ExampleObject(name = "webhook", value = EXAMPLE)))
    @APIResponse(responseCode = "201", description = "Stored", content = @Content(schema = @Schema(implementation = ChannelViews.Item.class)))
    @APIResponse(responseCode = "400", description = "What is wrong with it")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    public Response create(byte[] body) {
        ObjectNode object = JsonBody.without(json.object(body), ANSWERED_ONLY);
        String name = name(object, null);
        boolean enabled = enabled(object, true);
        UUID id = channels.create(name, enabled, checked(() -> ChannelSettings.of(object)));
        return Response.created(URI.create("/api/v1/channels/" + id)).entity(get(id.toString())).build();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "The channel is another now", description = "Fields that are left out stay as they are, secrets too; its type stays.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "200", description = "Stored", content = @Content(schema = @Schema(implementation = ChannelViews.Item.class)))
    @APIResponse(responseCode = "400", description = "What is wrong with it")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such channel")
    @Transactional
    public ChannelViews.Item change(@PathParam("id") String id, byte[] body) {
        Channel channel = find(id);
        ObjectNode object = JsonBody.without(json.object(body), ANSWERED_ONLY);
        String name = name(object, channel.name());
        boolean enabled = enabled(object, channel.enabled());
        if (object.hasNonNull("type") && !object.get("type").asText().equals(channel.type())) {
            throw Problems.badRequest("A channel keeps its type: make another one.");
        }
        ChannelSettings old = channels.settings(channel.id()).orElseThrow(ChannelsResource::notFound);
        channels.change(channel.id(), name, enabled, checked(() -> ChannelSettings.merged(object, old)));
        lanes.dueNow(channel.id());
        return get(id);
    }

    private static ChannelSettings checked(Supplier<ChannelSettings> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw Problems.badRequest(e.getMessage());
        }
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "No such channel any more", description = "What waits for it is not told; what was told stays readable.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such channel")
    @APIResponse(responseCode = "409", description = "Rules send to it")
    @Transactional
    public void delete(@PathParam("id") String id) {
        Channel channel = find(id);
        List<String> senders = users.stream().flatMap(user -> user.usersOf(channel.id()).stream()).toList();
        if (!senders.isEmpty()) {
            throw Problems.of(409, "Conflict", "Take the channel from the rules that send to it first: " + String.join(", ", senders) + ".");
        }
        lanes.skipAll(channel.id());
        channels.delete(channel.id());
    }

    @POST
    @Path("/{id}/test")
    @RolesAllowed(Roles.ADMIN)
    @SecurityRequirement(name = "admin")
    @Operation(summary = "Sends a test message now", description = "Also over a channel that is switched off. What the other side answers is not shown.")
    @APIResponse(responseCode = "200", description = "Whether it was taken", content = @Content(schema = @Schema(implementation = Tested.class)))
    @APIResponse(responseCode = "401", description = "Not the admin's token")
    @APIResponse(responseCode = "404", description = "No such channel")
    public Tested test(@PathParam("id") String id) {
        Channel channel = find(id);
        ChannelSettings settings = channels.settings(channel.id()).orElseThrow(ChannelsResource::notFound);
        Message message = new Message(UUID.randomUUID(), MessageEvent.TEST, null, null, Severity.INFO, null, Wib.local(clock.instant()), null, null, null,
                "A test message of Detak to the channel " + channel.name() + ".", null, publicUrl.of("/channels"));
        SendResult outcome = sending.send(settings, List.of(message));
        String reason = outcome instanceof SendResult.NotTaken not ? not.reason() : null;
        deliveries.keepTest(channel.id(), channel.name(), message, reason);
        return new Tested(reason == null, reason);
    }

    private static String name(ObjectNode object, String otherwise) {
        String name = object.hasNonNull("name") ? object.get("name").asText() : otherwise;
        object.remove("name");
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Problems.badRequest("name is one line of 1 to " + LONGEST_NAME + " characters.");
        }
        return name;
    }

    private static boolean enabled(ObjectNode object, boolean otherwise) {
        boolean enabled = object.hasNonNull("enabled") ? object.get("enabled").asBoolean() : otherwise;
        object.remove("enabled");
        return enabled;
    }

    private Channel find(String id) {
        return Parameters.id(id).flatMap(channels::find).orElseThrow(ChannelsResource::notFound);
    }

    private static RuntimeException notFound() {
        return Problems.notFound("There is no such channel. GET /api/v1/channels lists them.");
    }
}
