/** What is slow, why and what to do, as answers to assistants and people. */
@NullMarked
package org.ergograph.advice;

import org.jspecify.annotations.NullMarked;
