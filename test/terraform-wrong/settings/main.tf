# What the module refuses of its settings. Its variables alone are in `variables`, which needs no provider.

module "settings" {
  source = "./variables"

  name     = "too.many.dots"
  every    = "45s"
  runtime  = "python3.13"
  code     = { folder = "zips", s3_bucket = "artifacts" }
  vpc      = { subnet_ids = [], security_group_ids = [] }
  bindings = { "one two" = { sources = [], sinks = { "three four" = {} } } }

  reserved_concurrent_executions = 0
}
