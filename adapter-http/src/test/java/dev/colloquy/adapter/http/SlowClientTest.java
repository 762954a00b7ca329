package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A client that")
class SlowClientTest {

    private static final String MESSAGES = "/v1/agents/onboarding/users/alex/conversation/messages";
    private static final String POST =
            "POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final HttpSettings SETTINGS = Client.SETTINGS
            .withReadTimeout(TIMEOUT)
            .withLimits(HttpLimits.DEFAULT.withRequestTimeout(TIMEOUT).withConnections(2));
    /** For those that must have sent their headers in time. */
    private static final HttpSettings PATIENT =
            SETTINGS.withLimits(HttpLimits.DEFAULT.withRequestTimeout(Duration.ofSeconds(1)));

    private static final int LARGE = 32 << 20;

    private final List<Integer> statuses = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("drips its request line is cut off")
    void requestLine() throws Exception {
        assertThat(dripping(SETTINGS, "GET /health/live", "x")).isEmpty();
    }

    @Test
    @DisplayName("drips its headers is cut off")
    void headers() throws Exception {
        assertThat(dripping(SETTINGS, "GET /health/live HTTP/1.1\r\nHost: x\r\n", "A: b\r\n"))
                .isEmpty();
    }

    @Test
    @DisplayName("stops within a request with a body is told so, and cut off")
    void stalledBody() throws Exception {
        List<Callable<String>> stalled = Stream.of(
                        "Content-Length: 29\r\n\r\n",
                        "Content-Length: 29\r\n\r\n{\"role\":",
                        "Content-Length: 29\r\nExpect: 100-continue\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n1d\r\n{\"role\":")
                .map(rest -> (Callable<String>) () -> dripping(PATIENT, POST + rest, ""))
                .toList();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> answer : clients.invokeAll(stalled)) {
                assertThat(answer.get().replace("HTTP/1.1 100 Continue\r\n\r\n", ""))
                        .startsWith("HTTP/1.1 408 ")
                        .contains("the body did not arrive in time");
            }
        }
        assertThat(statuses).hasSameSizeAs(stalled).containsOnly(408);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1000\r\n"})
    @DisplayName("drips its body is cut off, and told so if it listens")
    void body(String rest) throws Exception {
        String answer = dripping(PATIENT, POST + rest, " ");

        assertThat(statuses).containsExactly(408);
        // A client that still sends when the connection ends may have lost the answer with it.
        assertThat(answer)
                .satisfiesAnyOf(
                        lost -> assertThat(lost).isEmpty(),
                        received -> assertThat(received).startsWith("HTTP/1.1 408 "));
    }

    @Test
    @DisplayName("sends nothing is cut off")
    void silent() throws Exception {
        assertThat(dripping(SETTINGS, "", "")).isEmpty();
    }

    @Test
    @DisplayName("sends nothing after an answer is cut off")
    void idle() throws Exception {
        assertThat(dripping(SETTINGS, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n", ""))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    @DisplayName("finds all connections taken gets in when one has ended")
    void waits() throws Exception {
        try (Client client = Client.of(HttpServer.start(SETTINGS, new TestStore().ports()));
                Socket first = connect(client);
                Socket second = connect(client)) {
            assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    /** Sends the head and then, again and again, the drop; gives what comes back until the connection ends. */
    private String dripping(HttpSettings settings, String head, String drop) throws Exception {
        HttpFeatures observed = HttpFeatures.NONE.observedBy(new StatusObserver(statuses));
        try (Client client = Client.of(HttpServer.start(settings, new TestStore().ports(), observed));
                Socket socket = connect(client)) {
            socket.setSoTimeout(20);
            StringBuilder answer = new StringBuilder();
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[1024];
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            try {
                out.write(head.getBytes(StandardCharsets.UTF_8));
                while (System.nanoTime() < end) {
                    try {
                        int read = in.read(piece);
                        if (read < 0) {
                            return answer.toString();
                        }
                        answer.append(new String(piece, 0, read, StandardCharsets.UTF_8));
                    } catch (SocketTimeoutException e) {
                        out.write(drop.getBytes(StandardCharsets.UTF_8));
                    }
                }
            } catch (SocketException e) {
                return answer.toString();
            }
            throw new AssertionError("the connection is still open");
        }
    }

    private static Socket connect(Client client) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), client.server().port());
    }

    /** Notes the status of each answer. */
    private record StatusObserver(List<Integer> statuses) implements RequestObserver {

        @Override
        public <R> R observe(Seen seen, Supplier<R> request, ToIntFunction<R> statusOf) {
            R answer = request.get();
            statuses.add(statusOf.applyAsInt(answer));
            return answer;
        }
    }

    @Nested
    @DisplayName("is late")
    class Late {

        private static final InetSocketAddress ANN = InetSocketAddress.createUnresolved("ann", 1);

        private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        private final AtomicInteger cut = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final Connections connections =
                new Connections(Duration.ofSeconds(30), Duration.ofSeconds(60), nanos::get);

        @Test
        @DisplayName("with its request is cut off")
        void request() {
            connections.opened(ANN, cut::incrementAndGet, ended::incrementAndGet);
            look(29);
            assertThat(ended).hasValue(0);
            look(1);

            assertThat(ended).hasValue(1);
            assertThat(connections.size()).isZero();
        }

        @Test
        @DisplayName("is not cut off while the service works for it")
        void working() {
            connections.opened(ANN, cut::incrementAndGet, ended::incrementAndGet);
            connections.of(ANN).working();
            look(3_600);
            assertThat(ended).hasValue(0);

            connections.of(ANN).answering();
            look(30);
            assertThat(ended).hasValue(1);
        }

        @Test
        @DisplayName("with a body is cut off from sending first, so that it can be told")
        void body() {
            connections.opened(ANN, cut::incrementAndGet, ended::incrementAndGet);
            connections.of(ANN).receiving();
            look(29);
            assertThat(cut).hasValue(0);
            look(1);
            assertThat(cut).hasValue(1);
            assertThat(ended).hasValue(0);
            assertThat(connections.of(ANN).bodyIsLate()).isTrue();

            connections.of(ANN).answering();
            look(30);
            assertThat(cut).hasValue(1);
            assertThat(ended).hasValue(1);
            assertThat(connections.size()).isZero();
        }

        @Test
        @DisplayName("with a body is cut off altogether when nobody noticed that it can no longer send")
        void unnoticed() {
            connections.opened(ANN, cut::incrementAndGet, ended::incrementAndGet);
            connections.of(ANN).receiving();
            look(30);
            look(30);

            assertThat(cut).hasValue(1);
            assertThat(ended).hasValue(1);
        }

        @Test
        @DisplayName("may take longer between requests")
        void between() {
            connections.opened(ANN, cut::incrementAndGet, ended::incrementAndGet);
            connections.of(ANN).idle();
            look(59);
            assertThat(ended).hasValue(0);
            look(1);
            assertThat(ended).hasValue(1);
        }

        @Test
        @Timeout(30)
        @DisplayName("is cut off also by a watcher that once had no memory to look")
        void watcherGoesOn() throws InterruptedException {
            AtomicBoolean isMemoryShort = new AtomicBoolean();
            CountDownLatch cutOff = new CountDownLatch(1);
            LongSupplier clock = () -> {
                if (isMemoryShort.getAndSet(false)) {
                    throw new OutOfMemoryError("of the test");
                }
                return System.nanoTime();
            };
            try (Connections watched = new Connections(Duration.ofMillis(1), Duration.ofMillis(1), clock)) {
                watched.opened(ANN, () -> {}, cutOff::countDown);
                isMemoryShort.set(true);

                watched.start();

                cutOff.await();
            }
        }

        private void look(int secondsLater) {
            nanos.addAndGet(Duration.ofSeconds(secondsLater).toNanos());
            connections.look();
        }

        @Test
        @DisplayName("is not cut off if it comes further just then")
        void justInTime() {
            AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
            Connections watched = new Connections(Duration.ofSeconds(30), Duration.ofSeconds(60), () -> {
                meanwhile.getAndSet(() -> {}).run();
                return nanos.get();
            });
            watched.opened(ANN, cut::incrementAndGet, ended::incrementAndGet);
            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            // The look asks for the time between the deadline and what it does about it.
            meanwhile.set(() -> watched.of(ANN).working());
            watched.look();

            assertThat(ended).hasValue(0);
            assertThat(watched.size()).isEqualTo(1);
        }

        @Test
        @DisplayName("is forgotten when its connection has ended, whatever the service does for it")
        void forgotten() throws IOException {
            SocketChannel channel = SocketChannel.open();
            connections.opened(ANN, cut::incrementAndGet, channel);
            connections.of(ANN).working();
            look(1);
            assertThat(connections.size()).isEqualTo(1);

            channel.close();
            look(1);
            assertThat(connections.size()).isZero();
        }
    }

    @Test
    @DisplayName("finds all connections taken gets no answer before one has ended")
    @SuppressWarnings("try") // A connection is ended early: that is what the third client waits for.
    void waitsForAnother() throws Exception {
        HttpSettings patient = Client.SETTINGS.withLimits(HttpLimits.DEFAULT.withConnections(2));
        try (Client client = Client.of(HttpServer.start(patient, new TestStore().ports()));
                Socket first = connect(client);
                Socket second = connect(client)) {
            ask(first);
            ask(second);
            assertThat(first.getInputStream().read()).isPositive();
            assertThat(second.getInputStream().read()).isPositive();
            try (Socket third = connect(client)) {
                ask(third);
                third.setSoTimeout(300);
                assertThatThrownBy(() -> third.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

                first.close();
                third.setSoTimeout(20_000);
                assertThat(third.getInputStream().read()).isPositive();
            }
        }
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("waits for its answer for longer than it may take itself gets it")
    void slowAnswer() throws Exception {
        Filter slow = (request, next) -> {
            request.body().read();
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            return Response.empty(202);
        };
        try (Client client = Client.of(HttpServer.start(PATIENT, List.of(), List.of(slow)));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> read = clients.submit(() -> client.get(MESSAGES));
            Future<HttpResponse<String>> save = clients.submit(() -> client.post(MESSAGES, "{}"));

            assertThat(read.get().statusCode()).isEqualTo(202);
            assertThat(save.get().statusCode()).isEqualTo(202);
        }
    }

    @Test
    @DisplayName("does not take its answer is cut off")
    void takesNothing() throws Exception {
        Filter large = (request, next) -> Response.of(200, "text/plain", new byte[LARGE]);
        HttpSettings settings = PATIENT.withReadTimeout(Duration.ofSeconds(20));
        try (Client client = Client.of(HttpServer.start(settings, List.of(), List.of(large)));
                Socket socket = connect(client)) {
            ask(socket);
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());

            assertThat(received(socket)).isLessThan(LARGE);
        }
    }

    private static long received(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        byte[] piece = new byte[1 << 16];
        long length = 0;
        try {
            while (length < LARGE) {
                int read = socket.getInputStream().read(piece);
                if (read < 0) {
                    return length;
                }
                length += read;
            }
        } catch (SocketException e) {
            return length;
        }
        return length;
    }

    @Test
    @DisplayName("takes longer between two requests than it may for one stays connected")
    void pauses() throws Exception {
        HttpSettings settings = PATIENT.withReadTimeout(Duration.ofSeconds(20));
        try (Client client = Client.of(HttpServer.start(settings, new TestStore().ports()));
                Socket socket = connect(client)) {
            byte[] answer = new byte[4096];
            socket.setSoTimeout(20_000);
            ask(socket);
            assertThat(socket.getInputStream().read(answer)).isPositive();
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            ask(socket);
            assertThat(socket.getInputStream().read(answer)).isPositive();
        }
    }

    @Test
    @DisplayName("says that its request is the last one finds the connection closed behind the answer")
    void lastRequest() throws Exception {
        try (Client client = Client.of(HttpServer.start(Client.SETTINGS, new TestStore().ports()));
                Socket socket = connect(client)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\nConnection: close\r\n");
        }
    }
}
