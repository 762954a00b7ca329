package dev.colloquy.adapter.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.redisson.client.handler.CommandDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that Redisson reads an answer only for whom it is meant. It has two handlers, on either side of Redisson's
 * decoder, which they take away when nothing may be read any more:
 *
 * <ul>
 *   <li>When a connection ends within the answers to several commands, Redisson would read those that are there for nobody,
 *       and quote them in the log.
 *   <li>When an answer cannot be read to its end, as when there is no memory for it, Redisson would read on somewhere in the
 *       middle, and take what comes there for the answer to something else. So such a connection is closed. Whoever waits
 *       for an answer finds out when the time of the attempt is over.
 * </ul>
 */
final class AnswerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerGuard.class);

    private AnswerGuard() {}

    /** Guards the decoder of this new connection. */
    static void install(ChannelPipeline pipeline) {
        String decoder = pipeline.context(CommandDecoder.class).name();
        pipeline.addBefore(decoder, BeforeTheDecoder.class.getName(), new BeforeTheDecoder());
        pipeline.addAfter(decoder, BehindTheDecoder.class.getName(), new BehindTheDecoder());
    }

    private static final class BeforeTheDecoder extends ChannelInboundHandlerAdapter {

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            stopReading(context.pipeline());
            context.fireChannelInactive();
        }
    }

    private static final class BehindTheDecoder extends ChannelInboundHandlerAdapter {

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // Nobody has to wait until it is closed.
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (isOfTheWay(cause)) {
                context.fireExceptionCaught(cause);
                return;
            }
            if (stopReading(context.pipeline())) {
                LOG.warn("a connection to Redis is closed, as an answer on it could not be read ({})", kind(cause));
            }
            context.close();
        }

        /** What befalls the connection itself, which Redisson knows how to handle. */
        private static boolean isOfTheWay(Throwable cause) {
            return cause instanceof IOException || cause.getCause() instanceof SSLException;
        }

        /** Never the text, which may quote the answer. */
        private static String kind(Throwable cause) {
            Throwable origin = cause.getCause() == null ? cause : cause.getCause();
            return origin.getClass().getSimpleName();
        }
    }

    /** Whether it was still read until now. */
    private static boolean stopReading(ChannelPipeline pipeline) {
        boolean isRead = pipeline.get(CommandDecoder.class) != null;
        if (isRead) {
            pipeline.remove(CommandDecoder.class);
        }
        return isRead;
    }
}
