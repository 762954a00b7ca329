package dev.colloquy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fewer by default, so that a build takes seconds. All of it: {@code -Dcolloquy.fuzz.requests=10000
 * -Dcolloquy.fuzz.slow=500}; the same again: {@code -Dcolloquy.fuzz.seed=…}.
 */
@DisplayName("A service under spoilt requests and slow connections")
class FuzzTest {

    private static final Logger LOG = LoggerFactory.getLogger(FuzzTest.class);
    private static final int REQUESTS = Integer.getInteger("colloquy.fuzz.requests", 2_000);
    private static final int SLOW = Integer.getInteger("colloquy.fuzz.slow", 50);
    private static final long SEED = Long.getLong("colloquy.fuzz.seed", System.nanoTime());
    private static final int CALLERS = 4;
    // May belong to others in this process.
    private static final int FEW = 10;
    // The conversations that valid requests have made, and more; a kilobyte kept of each request would exceed it.
    private static final long MOST_KEPT = Math.max(4 << 20, REQUESTS * 1024L);

    // What HTTP wants for a method or a version that is not known; 503 is deliberate. All else is a defect.
    private static final List<Integer> EXPECTED = List.of(501, 503, 505);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");

    @Test
    @DisplayName("fails in no way of its own, keeps no thread, no file and no memory, and is healthy afterwards")
    void survives() throws Exception {
        Map<String, String> environment =
                Map.of("PORT", "0", "COLLOQUY_REQUEST_TIMEOUT", "1s", "COLLOQUY_IDLE_TIMEOUT", "1s");
        try (Service service = Service.start(environment)) {
            answerTo(service.port(), new FuzzedRequests(SEED).next());
            long filesBefore = openFiles();
            int threadsBefore = threads();
            long heapBefore = heapInUse();

            List<Socket> slow = slowConnections(service.port());
            Map<Integer, Integer> statuses = fuzz(service.port());
            for (Socket socket : slow) {
                assertThat(ended(socket)).isTrue();
            }

            LOG.info("{} requests, {} slow connections, seed {}: {}", REQUESTS, SLOW, SEED, statuses);
            assertThat(statuses.keySet())
                    .as("statuses with seed " + SEED)
                    .contains(200, 400)
                    .allMatch(status -> status < 500 || EXPECTED.contains(status));
            assertBackTo("open files", filesBefore + FEW, FuzzTest::openFiles);
            assertBackTo("threads", threadsBefore + FEW, FuzzTest::threads);
            assertBackTo("bytes of heap", heapBefore + MOST_KEPT, FuzzTest::heapInUse);
            try (Client client = new Client(service.port())) {
                assertThat(client.ready()).isEqualTo(200);
                assertThat(client.save("onboarding", "alex", "user", "Alex")).isEqualTo(201);
            }
        }
    }

    private static Map<Integer, Integer> fuzz(int port) throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<List<Integer>>> running = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                FuzzedRequests requests = new FuzzedRequests(SEED + caller);
                running.add(callers.submit(() -> {
                    List<Integer> seen = new ArrayList<>();
                    for (int i = 0; i < REQUESTS / CALLERS; i++) {
                        seen.addAll(answerTo(port, requests.next()));
                    }
                    return seen;
                }));
            }
            for (Future<List<Integer>> caller : running) {
                caller.get(10, TimeUnit.MINUTES).forEach(status -> statuses.merge(status, 1, Integer::sum));
            }
        }
        return statuses;
    }

    /** The statuses of all answers until the connection ends; none if it was just cut. */
    private static List<Integer> answerTo(int port, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            List<Integer> statuses = new ArrayList<>();
            Matcher matcher = STATUS.matcher(answer);
            while (matcher.find()) {
                statuses.add(Integer.parseInt(matcher.group(1)));
            }
            return statuses;
        } catch (SocketException reset) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("seed " + SEED, e);
        }
    }

    private static List<Socket> slowConnections(int port) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < SLOW; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(30_000);
            sockets.add(socket);
            String head = i % 2 == 0 ? "GET /health/live HTTP/1.1\r\nA" : "P";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        }
        return sockets;
    }

    private static boolean ended(Socket slow) {
        try (slow) {
            return slow.getInputStream().readAllBytes().length == 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertBackTo(String what, long most, LongSupplier now) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (now.getAsLong() > most && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(now.getAsLong()).as(what).isLessThanOrEqualTo(most);
    }

    /** What is still in use after a collection. */
    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}
