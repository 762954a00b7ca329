package dev.colloquy.adapter.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HttpLogConfig;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running HTTP surface. Each connection has a virtual thread, and what it calls may block. Safe for any number of
 * threads.
 */
public final class HttpServer implements AutoCloseable {

    // The longest user name takes 3 KiB of a percent-encoded path, the longest cursor 6 KiB of a query.
    private static final int MAX_REQUEST_LINE = 16_384;
    private static final int MAX_HEADERS = 16_384;

    private static final Duration AS_GOOD_AS_NEVER = Duration.ofDays(365);
    private static final Duration STOP_POLL = Duration.ofMillis(20);
    /** How long it must be quiet before a stop, and how long that is waited for at most; parts of the grace. */
    private static final int QUIET_PART = 100;

    private static final int LAST_REQUESTS_PART = 10;
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final WebServer server;
    private final HelidonEndpoint endpoint;
    private final Connections connections;
    private final InetSocketAddress address;
    private final Duration grace;

    private HttpServer(
            WebServer server,
            HelidonEndpoint endpoint,
            Connections connections,
            InetSocketAddress address,
            Duration grace) {
        this.server = server;
        this.endpoint = endpoint;
        this.connections = connections;
        this.address = address;
        this.grace = grace;
    }

    /**
     * Keeps Helidon from searching the class path for services to add to a server: there are none here, and the search is
     * a sixth of the start. It holds for the whole process, from before the first server on, so it is only for a program
     * that uses Helidon for nothing else.
     */
    public static void skipDiscovery() {
        System.setProperty("io.helidon.metadata.mode", "none");
    }

    /**
     * Starts to listen.
     *
     * @param settings where and how
     * @param ports what to call
     * @return the running server; it is ready for requests
     * @throws UncheckedIOException if it cannot listen there; the message names the address and the reason
     */
    public static HttpServer start(HttpSettings settings, HttpPorts ports) {
        return start(settings, ports, HttpFeatures.NONE);
    }

    /**
     * Starts to listen, with more than the use cases.
     *
     * @param settings where and how
     * @param ports what to call
     * @param features what surrounds it
     * @return the running server; it is ready for requests
     * @throws UncheckedIOException if it cannot listen there; the message names the address and the reason
     */
    public static HttpServer start(HttpSettings settings, HttpPorts ports, HttpFeatures features) {
        List<Filter> filters =
                new ArrayList<>(List.of(new ObservingFilter(features.observer()), new AccessLogFilter()));
        features.accessControl().ifPresent(access -> filters.add(new AccessFilter(access)));
        HttpLimits limits = settings.limits();
        if (limits.requestsPerSecond() > 0) {
            filters.add(new RateLimitFilter(limits.requestsPerSecond(), System::nanoTime));
        }
        // Behind access control, so that strangers take no room from others.
        filters.add(new BusyFilter(limits.concurrentRequests()));
        return start(settings, Routes.over(ports, features), filters);
    }

    /**
     * Starts with these routes, and these filters around each request.
     *
     * @throws UncheckedIOException if it cannot listen there
     */
    static HttpServer start(HttpSettings settings, List<Route> routes, List<Filter> filters) {
        InetAddress host = probe(settings);
        HttpLimits limits = settings.limits();
        Connections connections = new Connections(limits.requestTimeout(), settings.readTimeout(), System::nanoTime);
        HelidonEndpoint endpoint = new HelidonEndpoint(
                new Router(routes, filters), settings.maxBodyBytes(), limits.requestTimeout(), connections);
        WebServerConfig.Builder builder = WebServer.builder()
                .shutdownHook(false)
                .address(host)
                .port(settings.port())
                // Twice the limit, as what is beyond the limit is read and forgotten before the connection ends.
                .maxPayloadSize(2L * settings.maxBodyBytes())
                .shutdownGracePeriod(settings.stopGrace())
                .maxTcpConnections(limits.connections())
                // Connections sees to that. Helidon would end them after five minutes, whatever the settings say.
                .idleConnectionTimeout(AS_GOOD_AS_NEVER)
                .connectionOptions(connections.watching(SocketOptions.builder()
                        .readTimeout(settings.readTimeout())
                        .tcpNoDelay(true)
                        .build()))
                // If it found one more, even of the same protocol, Helidon would choose by the first line of a
                // connection, and close without an answer what is not HTTP/1.1.
                .protocolsDiscoverServices(false)
                .addProtocol(protocol())
                .directHandlers(HelidonProblems.forAll(settings.maxBodyBytes()))
                // For our own eyes: only the message tells which bad request it is.
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .routing(HttpRouting.builder().addFilter(endpoint));
        ServerCertificate certificate = settings.certificate();
        if (certificate != null) {
            builder.tls(certificate.tls());
        }
        WebServer server = builder.build().start();
        if (!server.isRunning()) {
            throw cannotListen(settings, new IOException("the address was taken in the meantime"));
        }
        connections.start();
        InetSocketAddress address = new InetSocketAddress(host, server.port());
        return new HttpServer(server, endpoint, connections, address, settings.stopGrace());
    }

    /** The port it listens on. */
    public int port() {
        return address.getPort();
    }

    /** The address and port it listens on. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Stops. From now on each answer is the last one of its connection. New requests are still taken until none has come
     * for a hundredth of the grace of the settings, at most for a tenth: Helidon then ends the other connections, also
     * those on which a request has arrived that it has not read yet. After that it refuses new connections and lets
     * requests that are running finish, but waits no longer than the grace. It may be called again, which does nothing.
     */
    @Override
    public void close() {
        endpoint.stopping();
        try (connections) {
            awaitLastRequests();
            awaitStop();
        }
    }

    private void awaitLastRequests() {
        long end = System.nanoTime() + grace.dividedBy(LAST_REQUESTS_PART).toNanos();
        Duration quiet = grace.dividedBy(QUIET_PART);
        long before = -1;
        try {
            while (server.isRunning()
                    && System.nanoTime() - end < 0
                    && !(endpoint.isIdle() && endpoint.begun() == before)) {
                before = endpoint.begun();
                Thread.sleep(quiet);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStop() {
        while (server.isRunning()) {
            Thread stop = Thread.ofPlatform().name("colloquy-http-stop").start(this::stopServer);
            try {
                // Helidon may wait its whole grace for a connection on which nothing happens; an interrupt ends that.
                while (!stop.join(STOP_POLL)) {
                    if (endpoint.isIdle()) {
                        stop.interrupt();
                    }
                }
            } catch (InterruptedException e) {
                stop.interrupt();
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void stopServer() {
        try {
            server.stop();
        } catch (IllegalStateException e) {
            // Interrupted before it began. It still runs, so that close() tries again.
            LOG.debug("Stopping the server once more", e);
        }
    }

    private static Http1Config protocol() {
        return Http1Config.builder()
                .maxPrologueLength(MAX_REQUEST_LINE)
                .maxHeadersSize(MAX_HEADERS)
                // The router looks at path and query itself, and gives better errors.
                .validatePath(false)
                .validatePrologue(false)
                // These would write bodies to the log.
                .log(HttpLogConfig.builder().receiveLog(false).sendLog(false).build())
                .addSendListener(new NoContentLength())
                .build();
    }

    /** Tries the address first: Helidon writes the reason of a failure to its log and keeps it from the caller. */
    private static InetAddress probe(HttpSettings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            InetAddress host = InetAddress.getByName(settings.host());
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, settings.port()));
            return host;
        } catch (UnknownHostException e) {
            throw cannotListen(settings, new UnknownHostException("there is no such host"));
        } catch (IOException e) {
            throw cannotListen(settings, e);
        }
    }

    private static UncheckedIOException cannotListen(HttpSettings settings, IOException cause) {
        return new UncheckedIOException(
                "cannot listen on " + settings.host() + ":" + settings.port() + ": " + cause.getMessage(), cause);
    }
}
