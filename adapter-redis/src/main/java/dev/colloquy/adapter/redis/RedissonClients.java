package dev.colloquy.adapter.redis;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.DefaultNettyHook;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.redisson.misc.RedisURI;

/** Makes a Redisson client from settings. It connects at its first use, so that Redis may be down until then. */
final class RedissonClients {

    private static final int PING_MILLIS = 1000;
    private static final int SCAN_MILLIS = 1000;
    private static final int CLOCK_MILLIS = 50;
    private static final int IDLE_MILLIS = 30_000;

    private RedissonClients() {}

    static RedissonClient create(RedisSettings settings) {
        Config config = new Config();
        config.setLazyInitialization(true);
        config.setThreads(2);
        config.setNettyThreads(Math.max(2, Runtime.getRuntime().availableProcessors()));
        config.setTcpNoDelay(true);
        // Else it looks at the class of each argument, whether that is one of its own objects.
        config.setReferenceEnabled(false);
        tls(config, settings);
        CertificateDemands certificateDemands = new CertificateDemands();
        config.setSslKeyManagerFactory(certificateDemands.keyManagers());
        config.setNettyHook(new ConnectionHook(settings.patience().connect(), certificateDemands));
        RedisUrl url = settings.url();
        config.setUsername(url.user());
        config.setPassword(url.password());
        String scheme = url.tls() ? "rediss://" : "redis://";
        List<String> addresses =
                url.addresses().stream().map(address -> scheme + address).toList();
        switch (url.topology()) {
            case SINGLE -> {
                var single = config.useSingleServer();
                single.setAddress(addresses.getFirst());
                single.setDatabase(url.database());
                single.setConnectionPoolSize(settings.connections());
                single.setConnectionMinimumIdleSize(1);
                single.setSubscriptionConnectionMinimumIdleSize(0);
                single.setSubscriptionConnectionPoolSize(1);
                common(single, settings);
            }
            case CLUSTER -> {
                var cluster = config.useClusterServers();
                cluster.setNodeAddresses(url.tls() ? addresses : nodes(addresses));
                cluster.setScanInterval(SCAN_MILLIS);
                cluster.setCheckSlotsCoverage(false);
                masterOnly(cluster, settings);
            }
            case SENTINEL -> {
                var sentinel = config.useSentinelServers();
                sentinel.setSentinelAddresses(addresses);
                sentinel.setMasterName(url.master());
                sentinel.setDatabase(url.database());
                sentinel.setScanInterval(SCAN_MILLIS);
                sentinel.setCheckSentinelsList(false);
                masterOnly(sentinel, settings);
            }
        }
        return Redisson.create(config);
    }

    /**
     * A single name Redisson takes for one that always leads to nodes that live, and it asks only those about the cluster.
     * If it is the name of one node, nobody would notice that this one dies; given twice, it is a node like the others. A
     * name with several addresses is left as it is. So is any with TLS: Redisson looks for such a name in the certificates
     * of all nodes, else for their addresses, which need not be in there.
     */
    private static List<String> nodes(List<String> addresses) {
        RedisURI first = new RedisURI(addresses.getFirst());
        boolean isOneNode = addresses.size() == 1 && !first.isIP() && !hasSeveralAddresses(first.getHost());
        return isOneNode ? List.of(addresses.getFirst(), addresses.getFirst()) : addresses;
    }

    /** Of one kind: a machine may well have one for IPv4 and one for IPv6. False if the name is not known yet. */
    private static boolean hasSeveralAddresses(String host) {
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            long kinds =
                    Arrays.stream(all).map(InetAddress::getClass).distinct().count();
            return all.length > kinds;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static void tls(Config config, RedisSettings settings) {
        Path trustStore = settings.trustStore();
        if (trustStore == null) {
            return;
        }
        try {
            config.setSslTruststore(trustStore.toUri().toURL());
            config.setSslTruststorePassword(settings.trustStorePassword());
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("a path always is a URL", impossible);
        }
    }

    private static void common(BaseConfig<?> servers, RedisSettings settings) {
        RedisSettings.Patience patience = settings.patience();
        servers.setRetryAttempts(0);
        // Nothing is retried. But the client's clock ticks twice in this time, not every 100 ms: it has to end an
        // attempt and close its connection before the next attempt begins.
        servers.setRetryDelay(new ConstantDelay(Duration.ofMillis(CLOCK_MILLIS)));
        servers.setTimeout(Math.toIntExact(patience.attempt().toMillis()));
        servers.setConnectTimeout(Math.toIntExact(patience.connect().toMillis()));
        servers.setIdleConnectionTimeout(IDLE_MILLIS);
        // Finds a dead connection within a second; the default of 30 s would hand it out again and again. But not
        // sooner than an attempt ends: a long answer is in the way of that to a ping, and the client closes a
        // connection that has not answered by the next one.
        servers.setPingConnectionInterval(Math.max(PING_MILLIS, servers.getTimeout()));
    }

    /** Replicas lag behind, and a read must see what was acknowledged. */
    private static void masterOnly(BaseMasterSlaveServersConfig<?> servers, RedisSettings settings) {
        servers.setReadMode(ReadMode.MASTER);
        servers.setMasterConnectionPoolSize(settings.connections());
        servers.setMasterConnectionMinimumIdleSize(1);
        servers.setSlaveConnectionPoolSize(1);
        servers.setSlaveConnectionMinimumIdleSize(0);
        servers.setSubscriptionConnectionMinimumIdleSize(0);
        servers.setSubscriptionConnectionPoolSize(1);
        common(servers, settings);
    }

    /** What is done to each new connection before it is used. */
    private static final class ConnectionHook extends DefaultNettyHook {

        private final Duration handshakeLimit;
        private final CertificateDemands certificateDemands;

        private ConnectionHook(Duration handshakeLimit, CertificateDemands certificateDemands) {
            this.handshakeLimit = handshakeLimit;
            this.certificateDemands = certificateDemands;
        }

        @Override
        public void afterChannelInitialization(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            SslHandler tls = pipeline.get(SslHandler.class);
            if (tls != null) {
                // A handshake without an answer keeps its place among the connections, by default for ten seconds.
                tls.setHandshakeTimeoutMillis(handshakeLimit.toMillis());
                certificateDemands.watch(pipeline, tls);
            }
            AnswerGuard.install(pipeline);
        }
    }
}
