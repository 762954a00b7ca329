package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.adapter.http.problem.ProblemType;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request's body, read off Helidon's stream up to a limit. */
final class HelidonBody implements RequestBody {

    private static final int PIECE = 8192;
    /** Not all that is declared: many could declare a lot and send nothing. */
    private static final int LARGEST_START = 1 << 16;

    // Helidon reads neither extensions nor trailers, and does not always tell which it was.
    private static final String CHUNKS =
            "the chunks of the body are malformed, or have extensions or trailers, which this service does not read";

    private final ServerRequest request;
    private final int limit;
    private final Duration timeout;
    private final Connections.Connection connection;
    private final OptionalLong declared;
    private @Nullable InputStream stream;
    private boolean complete;

    HelidonBody(ServerRequest request, int limit, Duration timeout, Connections.Connection connection) {
        this.request = request;
        this.limit = limit;
        this.timeout = timeout;
        this.connection = connection;
        this.declared = request.headers().contains(HeaderNames.CONTENT_LENGTH)
                ? request.headers().contentLength()
                : OptionalLong.empty();
        this.complete = !isPresent();
    }

    @Override
    public boolean isPresent() {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING) || declared.orElse(0) > 0;
    }

    @Override
    public byte[] read() {
        if (complete) {
            return new byte[0];
        }
        if (declared.orElse(0) > limit) {
            throw tooLarge();
        }
        // Ends the input if nothing comes at all, or the piece of a chunk.
        connection.receiving();
        byte[] bytes = guarded(this::readInTime);
        connection.working();
        complete = true;
        return bytes;
    }

    private byte[] readInTime() throws IOException {
        long start = System.nanoTime();
        // One byte more than declared, so that the end is found without making room for what does not come.
        byte[] bytes = new byte[Math.toIntExact(Math.min(declared.orElse(PIECE), LARGEST_START)) + 1];
        int length = 0;
        for (int read = 0; read >= 0; read = stream().read(bytes, length, bytes.length - length)) {
            length += read;
            if (length > limit) {
                throw tooLarge();
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw late();
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length + Math.min(length, limit + 1 - length));
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Whether the connection cannot go on after the answer, because the rest of the body is not worth reading. */
    boolean endsConnection() {
        return !complete && (stream != null || clientWaits() || declared.orElse(0) > limit);
    }

    /** Whether the client sends the body only when it is told to go on. */
    private boolean clientWaits() {
        return stream == null && request.headers().containsToken(HeaderValues.EXPECT_100);
    }

    /**
     * Reads and forgets what the client is still sending, up to the limit. Closing a connection with unread bytes
     * resets it, and a client that is still writing would then never see the answer.
     */
    void drain() {
        if (clientWaits()) {
            return;
        }
        byte[] piece = new byte[PIECE];
        try {
            int read = 0;
            for (long rest = limit; rest > 0 && read >= 0; rest -= read) {
                read = stream().read(piece);
            }
        } catch (IOException | RuntimeException e) {
            // The answer is sent and the connection ends either way.
            complete = false;
        }
    }

    private InputStream stream() {
        InputStream opened = stream;
        if (opened == null) {
            opened = request.content().inputStream();
            stream = opened;
        }
        return opened;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T guarded(Reading<T> reading) {
        try {
            return reading.read();
        } catch (RequestException e) {
            throw e.status().code() == ProblemType.BODY_TOO_LARGE.status() ? tooLarge() : broken(CHUNKS);
        } catch (NumberFormatException | DataReader.IncorrectNewLineException e) {
            throw broken(CHUNKS);
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Helidon has several for a connection that ends, some of them internal.
            throw connection.bodyIsLate() ? late() : broken("the body ended too early");
        }
    }

    private static ProblemException late() {
        return Problem.of(ProblemType.REQUEST_TIMEOUT, "the body did not arrive in time")
                .asException();
    }

    private static ProblemException broken(String detail) {
        return Problem.of(ProblemType.MALFORMED_REQUEST, detail).asException();
    }

    private ProblemException tooLarge() {
        return tooLarge(limit).asException();
    }

    /** The problem of a body that is larger than the limit, which is in bytes. */
    static Problem tooLarge(int limit) {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "the body has more than " + limit + " bytes")
                .with("allowed", "at most " + limit + " bytes");
    }
}
