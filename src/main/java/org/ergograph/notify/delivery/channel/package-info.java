/** The channels: what a message looks like on each, and how it gets there. */
@NullMarked
package org.ergograph.notify.delivery.channel;

import org.jspecify.annotations.NullMarked;
