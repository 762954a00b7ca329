package dev.colloquy.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.redis.testing.RedisServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
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
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.CommandsData;
import org.redisson.client.protocol.Decoder;
import org.redisson.client.protocol.Encoder;
import org.redisson.client.protocol.QueueCommandHolder;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.MultiDecoder;

@DisplayName("A connection with an answer that cannot be read to its end")
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
    @DisplayName(
            "as there is no memory for it is closed at once: what comes next on it would be taken for the answer to something else")
    void closed() throws InterruptedException {
        try (RedisServer server = RedisServer.start()) {
            Duration longer = Duration.ofMinutes(1);
            RedissonClient client = RedissonClients.create(
                    RedisHarness.patient(RedisSettings.of(server.url()).withConnections(1), longer, longer));
            try {
                client.getBucket("greeting", StringCodec.INSTANCE).set("hello");
                List<String> before = server.clients();

                RFuture<Object> unused =
                        client.getBucket("greeting", new NoMemory()).getAsync();

                while (server.clients().containsAll(before)) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            } finally {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    /** Redisson's decoder, which notes what it reads for nobody. */
    private static final class WatchedDecoder extends CommandDecoder {

        private final List<Object> forNobody = new ArrayList<>();

        private WatchedDecoder() {
            super("redis");
        }

        @Override
        protected @Nullable MultiDecoder<Object> messageDecoder(
                @Nullable CommandData<Object, Object> command, List<Object> parts) {
            if (command == null) {
                forNobody.addAll(parts);
                return null;
            }
            return super.messageDecoder(command, parts);
        }
    }

    private final WatchedDecoder decoder = new WatchedDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(new CommandsQueue(), decoder);

    {
        AnswerGuard.install(channel.pipeline());
    }

    private void receive(String bytes) {
        channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(bytes, UTF_8));
    }

    private static CommandData<?, ?> range() {
        return new CommandData<>(
                new CompletableFuture<>(), StringCodec.INSTANCE, RedisCommands.LRANGE, new Object[] {"key", 0, -1});
    }

    @Test
    @DisplayName("is not read any further")
    void notReadOn() {
        receive("x*1\r\n$5\r\nhello\r\n");

        assertThat(channel.isOpen()).isFalse();
        channel.checkException();
        assertThat(decoder.forNobody).isEmpty();
    }

    @Test
    @DisplayName("is not read any further until it is closed, for which TLS takes a moment")
    void notReadOnUntilClosed() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext context, ChannelPromise promise) {}
        });

        receive("x*1\r\n$5\r\nhello\r\n");
        receive("*1\r\n$5\r\nagain\r\n");

        assertThat(decoder.forNobody).isEmpty();
    }

    @Test
    @DisplayName("is not read any further when it ends within several answers, either")
    void endsWithinSeveral() {
        CommandsData commands = new CommandsData(new CompletableFuture<>(), List.of(range(), range()), false, false);
        channel.attr(CommandsQueue.COMMANDS_QUEUE).get().add(new QueueCommandHolder(commands, channel.newPromise()));
        receive("*1\r\n$5\r\nhello\r\n*1\r\n$5\r\nhel");

        channel.finishAndReleaseAll();

        assertThat(decoder.forNobody).isEmpty();
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
        channel.pipeline().fireExceptionCaught(cause);

        assertThat(channel.isOpen()).isTrue();
        assertThatThrownBy(channel::checkException).isSameAs(cause);
    }
}
