package dev.colloquy.adapter.redis.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Redis server that speaks the protocol by itself, so that a test looks at the data through other
 * eyes than the client under test. Not safe for several threads.
 */
public final class RawRedis implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private RawRedis(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** The server refused a command; the message is what it answered. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Connects without TLS and without a password. */
    public static RawRedis connect(int port) {
        return connect(port, SocketFactory.getDefault());
    }

    static RawRedis connect(int port, SocketFactory sockets) {
        try {
            Socket socket = sockets.createSocket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                return new RawRedis(socket);
            } catch (IOException failed) {
                socket.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @return a {@link String}, a {@link Long}, a {@link List} of those, or null
     * @throws Refused if the server answers with an error
     * @throws UncheckedIOException if it does not answer within 10 s
     */
    public @Nullable Object call(String... command) {
        try {
            StringBuilder request = new StringBuilder("*" + command.length + "\r\n");
            for (String word : command) {
                int bytes = word.getBytes(StandardCharsets.UTF_8).length;
                request.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
            }
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return reply();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** {@link #call} for a command that answers with text or a number. */
    public String text(String... command) {
        return String.valueOf(call(command));
    }

    /** {@link #call} for a command that answers with a list. */
    public List<String> list(String... command) {
        List<String> words = new ArrayList<>();
        if (call(command) instanceof List<?> answers) {
            answers.forEach(answer -> words.add(String.valueOf(answer)));
        }
        return words;
    }

    /** {@link #call} for a command that answers with a number. */
    public long number(String... command) {
        return Long.parseLong(text(command));
    }

    private @Nullable Object reply() throws IOException {
        int kind = in.read();
        String line = line();
        return switch (kind) {
            case '+' -> line;
            case '-' -> throw new Refused(line);
            case ':' -> Long.valueOf(line);
            case '$' -> bulk(Integer.parseInt(line));
            case '*' -> array(Integer.parseInt(line));
            default -> throw new EOFException("the server closed the connection");
        };
    }

    private @Nullable String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length + 2);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private @Nullable List<@Nullable Object> array(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        List<@Nullable Object> items = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            items.add(reply());
        }
        return items;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
