package dev.colloquy.adapter.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.redisson.client.handler.CommandDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection as soon as an answer on it cannot be read to its end, as when there is no memory for it. Redisson
 * would read on somewhere in the middle: what comes there would be taken for the answer to something else, perhaps to
 * somebody else, or be quoted in the log.
 *
 * <p>Stands behind Redisson's decoder. Whoever waits for an answer finds out when the time of the attempt is over.
 */
final class AnswerGuard extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerGuard.class);

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody has to wait until it is closed.
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (isOfTheWay(cause)) {
            context.fireExceptionCaught(cause);
            return;
        }
        // What is left would be read when the channel is closed.
        if (context.pipeline().get(CommandDecoder.class) != null) {
            context.pipeline().remove(CommandDecoder.class);
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
