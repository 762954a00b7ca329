package dev.colloquy.bootstrap;

import dev.colloquy.adapter.http.HttpFeatures;
import dev.colloquy.adapter.http.HttpPorts;
import dev.colloquy.adapter.http.HttpServer;
import dev.colloquy.adapter.http.HttpSettings;
import dev.colloquy.application.conversation.UseCases;
import dev.colloquy.bootstrap.settings.ServiceSettings;
import dev.colloquy.bootstrap.settings.Settings;
import dev.colloquy.bootstrap.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: the settings' store behind the use cases behind HTTP. */
final class Service implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.colloquy.Service");

    // JSON may write each byte of a message as an escape of six.
    private static final long LONGEST_ESCAPE = 6;
    private static final int ROOM_AROUND_MESSAGE = 65_536;
    private static final long MOST_BODY_BYTES = 1 << 30;

    private final HttpServer server;
    private final OpenStore store;
    private final Telemetry telemetry;
    private final Settings settings;

    private Service(HttpServer server, OpenStore store, Telemetry telemetry, Settings settings) {
        this.server = server;
        this.store = store;
        this.telemetry = telemetry;
        this.settings = settings;
    }

    /**
     * Starts to listen. Redis need not be there yet.
     *
     * @param environment the settings: names and values as in the environment
     * @throws dev.colloquy.domain.error.InvalidSettings if a setting is wrong; it lists every mistake, but for those that
     *     only OpenTelemetry or the outbox's journal finds
     * @throws java.io.UncheckedIOException if it cannot listen at the address of the settings
     */
    static Service start(Map<String, String> environment) {
        return start(ServiceSettings.from(environment));
    }

    private static Service start(ServiceSettings checked) {
        HttpServer.skipDiscovery();
        InstantSource clock = InstantSource.system();
        Settings settings = checked.settings();
        HttpFeatures guarded =
                checked.accessControl().map(HttpFeatures.NONE::guardedBy).orElse(HttpFeatures.NONE);
        Telemetry telemetry = Telemetry.ofService(settings.telemetry());
        OpenStore store = Stores.open(settings, clock, telemetry);
        try {
            HttpFeatures features = guarded.observedBy(telemetry.requests()).withMetrics(telemetry::scrape);
            UseCases useCases = UseCases.over(
                    store.store(), settings.retention(), settings.limits(), new TimeOrderedIds(clock), clock);
            HttpServer server = HttpServer.start(httpSettings(settings), httpPorts(useCases), features);
            return new Service(server, store, telemetry, settings);
        } catch (RuntimeException e) {
            store.close();
            telemetry.close();
            throw e;
        }
    }

    /** The port it listens on. */
    int port() {
        return server.port();
    }

    /** Writes the start line to the log. */
    void announce() {
        LOG.info(StartLine.of(settings, port(), store.description()));
    }

    /** Refuses new requests, finishes those that are running, then lets go of the store; bounded in time. */
    @Override
    public void close() {
        try (store) {
            server.close();
        }
        LOG.info("Colloquy has stopped");
        telemetry.close();
    }

    private static HttpSettings httpSettings(Settings settings) {
        long largestMessage = LONGEST_ESCAPE * settings.limits().maxMessageBytes() + ROOM_AROUND_MESSAGE;
        long body = Math.clamp(largestMessage, HttpSettings.DEFAULT.maxBodyBytes(), MOST_BODY_BYTES);
        HttpSettings plain = HttpSettings.DEFAULT
                .withHost(settings.host())
                .withPort(settings.port())
                .withMaxBodyBytes((int) body)
                .withReadTimeout(settings.http().idleTimeout())
                .withLimits(OpenFiles.fit(settings.http().limits()));
        return settings.http().certificate().map(plain::withCertificate).orElse(plain);
    }

    private static HttpPorts httpPorts(UseCases useCases) {
        return new HttpPorts(
                useCases.saveMessage(),
                useCases.getConversation(),
                useCases.clearConversation(),
                useCases.listConversations(),
                useCases.checkReadiness());
    }
}
