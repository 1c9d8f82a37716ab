/** The HTTP clients with which this server reaches others, and the policy on where it may go. */
@NullMarked
package org.ergograph.outbound;

import org.jspecify.annotations.NullMarked;
