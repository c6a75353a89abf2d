/**
 * Access logs of Amazon's load balancers and of its CDN: {@link io.tierdrill.recorder.aws.BalancerFormat} (ALB, classic
 * ELB, NLB) and {@link io.tierdrill.recorder.aws.CloudFrontFormat}.
 */
package io.tierdrill.recorder.aws;
