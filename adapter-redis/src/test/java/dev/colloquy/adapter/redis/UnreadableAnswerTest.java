package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.RawRedis;
import dev.colloquy.adapter.redis.testing.RedisServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.BaseCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.Decoder;
import org.redisson.client.protocol.Encoder;

@DisplayName("A connection with an answer that cannot be read to its end, as there is no memory for it,")
class UnreadableAnswerTest {

    /** Reads nothing, and writes text. */
    private static final class NoMemory extends BaseCodec {

        @Override
        public Decoder<Object> getValueDecoder() {
            return (buffer, state) -> {
                throw new OutOfMemoryError("of the test");
            };
        }

        @Override
        public Encoder getValueEncoder() {
            return StringCodec.INSTANCE.getValueEncoder();
        }
    }

    @Test
    @Timeout(30)
    @DisplayName("is closed at once: what comes next on it would be taken for the answer to something else")
    void closed() throws InterruptedException {
        try (RedisServer server = RedisServer.start();
                RawRedis raw = RawRedis.connect(server.port())) {
            Duration longer = Duration.ofMinutes(1);
            RedissonClient client = RedissonClients.create(
                    RedisHarness.patient(RedisSettings.of(server.url()).withConnections(1), longer, longer));
            try {
                client.getBucket("greeting", StringCodec.INSTANCE).set("hello");
                List<String> before = connections(raw);

                RFuture<Object> unused =
                        client.getBucket("greeting", new NoMemory()).getAsync();

                while (connections(raw).containsAll(before)) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            } finally {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    /** The server's numbers for the connections of clients, without the one that asks. */
    private static List<String> connections(RawRedis raw) {
        return raw.text("CLIENT", "LIST")
                .lines()
                .filter(line -> !line.contains("cmd=client"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private static EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel(new CommandsQueue(), new CommandDecoder("redis"));
        channel.pipeline().addLast(new AnswerGuard());
        return channel;
    }

    @Test
    @DisplayName("is not read any further")
    void notReadOn() {
        EmbeddedChannel channel = channel();

        channel.pipeline().fireChannelRead(Unpooled.copiedBuffer("of a message\r\n+PONG\r\n", UTF_8));

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.pipeline().get(CommandDecoder.class)).isNull();
        channel.checkException();
    }

    static List<Throwable> troublesOfTheWay() {
        return List.of(
                new IOException("Connection reset by peer"), new DecoderException(new SSLException("bad certificate")));
    }

    @ParameterizedTest
    @MethodSource("troublesOfTheWay")
    @DisplayName("is another matter than one that breaks, which the client handles")
    void brokenConnection(Throwable cause) {
        EmbeddedChannel channel = channel();

        channel.pipeline().fireExceptionCaught(cause);

        assertThat(channel).extracting(Channel::isOpen).isEqualTo(true);
        assertThat(catchRaised(channel)).isSameAs(cause);
    }

    private static Throwable catchRaised(EmbeddedChannel channel) {
        try {
            channel.checkException();
            throw new AssertionError("nothing was raised");
        } catch (Exception raised) {
            return raised;
        }
    }
}
