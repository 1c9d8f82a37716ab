package org.ergograph.outbound;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Tells from an exception why another server did not answer. */
final class Failures {
    private Failures() {}

    static OutboundResult.Cause cause(Exception e) {
        if (e instanceof InterruptedIOException) {
            return OutboundResult.Cause.TIMEOUT;
        }
        if (e instanceof UnknownHostException) {
            return OutboundResult.Cause.DNS;
        }
        if (e instanceof SSLException) {
            return OutboundResult.Cause.TLS;
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return OutboundResult.Cause.CONNECT;
        }
        boolean protocol = e instanceof NoHttpResponseException
                || e instanceof MessageConstraintException
                || e instanceof HttpException
                || e.getCause() instanceof HttpException
                || e instanceof RuntimeException;
        return protocol ? OutboundResult.Cause.PROTOCOL : OutboundResult.Cause.BROKEN;
    }
}
