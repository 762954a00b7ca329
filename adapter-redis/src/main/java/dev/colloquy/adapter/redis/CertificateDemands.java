package dev.colloquy.adapter.redis;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnection;

/**
 * Tells a server that insists on a certificate of its clients, which Colloquy does not have, from one that is away. With TLS
 * 1.3 the handshake is over for the client before the server has looked at the last part of it, so that the first commands
 * are on their way when the server refuses, and its alert may be lost with the connection. What is certain is that it asked
 * for a certificate, got none, and ended the connection without an answer.
 *
 * <p>Safe for any number of threads.
 */
final class CertificateDemands {

    /** The handshakes in which the server asked for a certificate. */
    private final Set<SSLEngine> demanded = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** What the handshakes have to be made with, so that it is known which servers ask. */
    KeyManagerFactory keyManagers() {
        return new KeyManagerFactoryWrapper(new NoCertificate());
    }

    /** Watches this new connection, which goes through the TLS of this handler. */
    void watch(ChannelPipeline pipeline, SslHandler tls) {
        pipeline.addAfter(
                pipeline.context(tls).name(),
                UntilTheFirstAnswer.class.getName(),
                new UntilTheFirstAnswer(tls.engine()));
    }

    /** Between TLS and Redisson, so that whoever waits for the connection learns the reason from this one. */
    private final class UntilTheFirstAnswer extends ChannelDuplexHandler {

        private final SSLEngine engine;

        private UntilTheFirstAnswer(SSLEngine engine) {
            this.engine = engine;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object answer) {
            context.pipeline().remove(this);
            context.fireChannelRead(answer);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // It is the promise that was given.
        public void write(ChannelHandlerContext context, Object command, ChannelPromise written) {
            written.addListener(sent -> {
                if (!sent.isSuccess()) {
                    connectionEnded(context);
                }
            });
            context.write(command, written);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            connectionEnded(context);
            context.fireChannelInactive();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // Nobody has to wait until it is closed.
        private void connectionEnded(ChannelHandlerContext context) {
            if (context.isRemoved() || !demanded.contains(engine)) {
                return;
            }
            RedisConnection connection = RedisConnection.getFrom(context.channel());
            if (connection
                    .getConnectionPromise()
                    .completeExceptionally(new SSLHandshakeException("the server wants a certificate of the client"))) {
                connection.closeAsync();
            }
        }
    }

    /** Has no certificate, and remembers who asked for one. */
    private final class NoCertificate extends X509ExtendedKeyManager {

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
            demanded.add(engine);
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
