/** What was decided to tell, until a channel has taken it: the outbox, its sender, and the channels. */
@NullMarked
package org.ergograph.notify.delivery;

import org.jspecify.annotations.NullMarked;
